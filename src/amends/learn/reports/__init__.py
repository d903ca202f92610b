"""Reports: metrics of a span with their courses and parts, and the workbook made of them."""
