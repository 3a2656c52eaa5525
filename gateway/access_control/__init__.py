"""Access control (门禁): door stations, readers and buttons. A dialect is one TOML profile."""
