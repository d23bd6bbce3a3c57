"""Địa chỉ tin cậy tại cộng đồng and the team of the Nhà tạm lánh."""
