"""抖店 (Douyin shop)."""
