"""What several pages show: values, charts, claims, tables; a part knows no page."""
