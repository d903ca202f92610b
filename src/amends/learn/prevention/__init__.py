"""What can be prevented: clusters of complaints, and what a change did about them."""
