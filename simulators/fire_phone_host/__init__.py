"""Fire-phone hosts (消防电话总机) on the wire: Modbus over three cables, and GB/T 26875.3."""
