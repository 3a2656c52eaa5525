"""Hardware in, device events out: links carry bytes, codecs give meaning, the spool keeps."""
