"""Fire telephones (消防电话): hosts on Modbus or GB/T 26875.3. A dialect is one TOML file."""
