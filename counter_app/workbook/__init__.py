"""Workbooks (XLSX): read as what a stranger has sent, written as what a stranger may open."""
