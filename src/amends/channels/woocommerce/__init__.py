"""WooCommerce: orders and refunds of a shop on WordPress (REST `wc/v3`)."""
