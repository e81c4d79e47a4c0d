"""Makes intakes at a clinic without end, and tells the id of each once it is kept."""

import django
from django.conf import settings

from questionnaire.web.desk.records.settings import desk_settings, places

settings.configure(USE_TZ=True, **desk_settings(places()))
django.setup(set_prefix=False)

from questionnaire.web.desk.records.intakes import begin  # noqa: E402  Django comes first
from questionnaire.web.visits import Visit  # noqa: E402  the same

while True:
    print(begin("Ada", "staff", "confirmed", Visit()), flush=True)
