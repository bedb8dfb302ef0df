web-name = тропа
