"""微信小店 (WeChat shop)."""
