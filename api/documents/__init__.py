"""Documents that leave the product on paper or as files: tables as XLSX and CSV, pages as PDF."""
