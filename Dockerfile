# One image for migrate, web, worker and beat. Built in two steps: what builds stays behind.
ARG PYTHON_IMAGE=python:3.13-slim
FROM ${PYTHON_IMAGE} AS build
RUN pip install --no-cache-dir "uv>=0.9,<1"
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/reckoner
WORKDIR /srv/reckoner
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups
COPY . .
# Collecting static files needs settings that load, not settings that serve: they stay in this step.
RUN RECKONER_ENV=production SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    ALLOWED_HOSTS=localhost SITE_URL=http://localhost DATABASE_URL=postgres://nobody@localhost/none \
    REDIS_URL=redis://localhost MAIL_URL=smtp://localhost \
    /opt/reckoner/bin/python manage.py collectstatic --no-input

FROM ${PYTHON_IMAGE}
RUN useradd --system --uid 10001 --home-dir /srv/reckoner --shell /usr/sbin/nologin reckoner \
    && install -d -m 700 -o reckoner -g reckoner /srv/files
ENV PATH=/opt/reckoner/bin:$PATH PYTHONUNBUFFERED=1 RECKONER_ENV=production MEDIA_ROOT=/srv/files SIGNS_FOLDER=/tmp/signs
WORKDIR /srv/reckoner
COPY --from=build /opt/reckoner /opt/reckoner
COPY --from=build /srv/reckoner /srv/reckoner
USER reckoner
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "8", "--backpressure", "64", "core.wsgi:application"]
