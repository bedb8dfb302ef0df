"""Layout to SVG; SVG to PNG, PDF, HTML; maps to PPTX, XLSX, Markdown. No decisions here."""
