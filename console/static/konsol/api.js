// Calls to the server. Problems come back as `Problem` with the server's own sentence.
import { t } from "./lib.js";

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || t("Permintaan gagal ({status}).", { status }));
    this.status = status;
    this.body = body;
  }
}

async function call(method, path, { body, version, signal } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version != null) headers["If-Match"] = `"v${version}"`;
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method, headers, signal, credentials: "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { detail: t("Server tidak terjangkau. Belum terkirim.") });
  }
  const text = await answer.text();
  let content = {};
  try {
    content = text ? JSON.parse(text) : {};
  } catch {
    content = { detail: t("Jawaban server tidak terbaca ({status}).", { status: answer.status }) };
  }
  if (!answer.ok) throw new Problem(answer.status, content);
  return content;
}

export const get = (path, options) => call("GET", path, options);
export const post = (path, body = {}, options = {}) => call("POST", path, { ...options, body });
export const patch = (path, body, version) => call("PATCH", path, { body, version });
export const del = (path) => call("DELETE", path);
