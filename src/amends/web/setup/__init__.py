"""The pages of the settings: shops, policies, messages, calendars."""
