# The image of okrbot: `docker build -t okrbot .`; docs/scale.md says how to run it.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=/opt/okrbot
WORKDIR /build
RUN pip install --no-cache-dir --disable-pip-version-check uv==0.13.9
# The libraries first: they change less often than the bot.
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --extra distributed --no-install-project
COPY README.md LICENSE NOTICE ./
COPY okr okr
COPY storage storage
COPY blocks blocks
COPY rituals rituals
COPY handlers handlers
COPY scheduling scheduling
COPY playground playground
COPY slack slack
COPY bot bot
RUN uv sync --frozen --no-default-groups --extra distributed --no-editable

FROM python:${PYTHON}-slim
RUN groupadd --gid 10001 okrbot \
 && useradd --uid 10001 --gid okrbot --no-create-home --home-dir /data okrbot \
 && install --directory --owner=okrbot --group=okrbot /data /data/archive
COPY --from=build /opt/okrbot /opt/okrbot
# Everything is compiled already, and nothing but /data is written to: the rest may be read-only.
ENV PATH=/opt/okrbot/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    OKRBOT_DATABASE_URL=sqlite:////data/okrbot.sqlite3 OKRBOT_HEALTH_PORT=8301
USER okrbot
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/healthz' % os.environ['OKRBOT_HEALTH_PORT'], timeout=4)"]
ENTRYPOINT ["okrbot"]
CMD ["run"]
