"""From articles to statements, drafts and published forecasts, and their amendments."""
