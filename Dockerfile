# One image for API, worker and migrations; PostgreSQL and Redis are containers of their own
# (compose.yaml).
FROM node:22-bookworm-slim AS front
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /var/lib/siponcega siponcega
WORKDIR /app
# Nothing without a hash: what comes as source is built with the pinned setuptools.
COPY requirements-build.txt requirements.txt ./
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements-build.txt \
    && .venv/bin/pip install --no-cache-dir --require-hashes --no-build-isolation --use-pep517 \
        -r requirements.txt
COPY --from=front /app/node_modules ./node_modules
COPY . .
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    SIPONCEGA_HOME=/var/lib/siponcega
USER siponcega
VOLUME /var/lib/siponcega
EXPOSE 8000
ENTRYPOINT ["python", "-m", "siponcega"]
CMD ["serve", "--host", "0.0.0.0"]
