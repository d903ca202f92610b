"""WeChat Pay, interface v3 (微信支付): refunds, their outcome, callbacks."""
