"""Alipay, domestic open platform (支付宝): refunds, their outcome, notices."""
