"""The analyst's desk: web pages and a REST API over a store (docs/desk.md, docs/api.md).

| file or folder | is |
|---|---|
| ``app``, ``settings``, ``safety``, ``keys`` | the application, what it is run with, who may do what |
| ``pages_*`` | one router a group of pages; ``api_*`` the same for the API |
| ``filters``, ``data_*`` | filters to and from the address; what pages read from the store |
| ``charts/`` | charts and map as SVG, drawn on the server |
| ``highlight`` | text with coloured spans, also for notebooks and ``rasid code --format html`` |
| ``words``, ``tables/`` | the interface in Arabic and English |
| ``templates/``, ``static/``, ``assets/`` | pages, style and script, the world's borders (made by ``hatch_build.py``) |
"""
