"""淘宝 and 天猫 (Taobao, Tmall)."""
