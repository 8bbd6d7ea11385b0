// Data beside the stream: fetched when asked for, again when its row changed, old answers dropped.
import { get } from "./api.js";
import { useEffect, useState } from "./lib.js";

// {data, error}: `data` of the last good answer for `path`; `seen` is whatever it depends on.
export function useFetched(path, seen) {
  const [state, setState] = useState({ path: null, data: null, error: null });
  useEffect(() => {
    if (!path) return undefined;
    const stop = new AbortController();
    const wait = setTimeout(() => {
      get(path, { signal: stop.signal }).then(
        (data) => setState({ path, data, error: null }),
        (error) => error.name !== "AbortError" && setState((old) => ({ path, data: old.path === path ? old.data : null, error })),
      );
    }, state.path === path ? 250 : 0);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [path, seen]);
  return state.path === path ? state : { data: null, error: null };
}
