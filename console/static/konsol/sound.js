// Three tones and no more: life at risk, something new, something went wrong.
const TONES = {
  p1: [[880, 0, 0.16], [660, 0.2, 0.16], [880, 0.4, 0.16], [660, 0.6, 0.16]],
  new: [[587, 0, 0.14], [784, 0.16, 0.2]],
  warn: [[330, 0, 0.25]],
};
const REPEAT_MS = 4000;

let audio = null;
let muted = localStorage.getItem("konsol.bisu") === "1";

// Browsers let a page sound only after the first key or click.
export function unlock() {
  audio ??= new AudioContext();
  if (audio.state === "suspended") audio.resume();
}
export const audible = () => Boolean(audio && audio.state === "running" && !muted);
export const isMuted = () => muted;
export function setMuted(value) {
  muted = value;
  localStorage.setItem("konsol.bisu", value ? "1" : "0");
}

export function play(name) {
  document.documentElement.dataset.tone = name; // what sounded last; also for the deaf and for tests
  if (!audible()) return;
  for (const [frequency, at, length] of TONES[name]) {
    const start = audio.currentTime + at;
    const tone = new OscillatorNode(audio, { frequency, type: name === "p1" ? "square" : "sine" });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0.0001, start);
    gain.gain.exponentialRampToValueAtTime(0.22, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + length);
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length + 0.02);
  }
}

// Sounds the first tone at once and again every four seconds while `pending()` is true.
export function repeatWhile(pending) {
  let since = 0;
  return setInterval(() => {
    if (!pending()) {
      since = 0;
    } else if (performance.now() - since >= REPEAT_MS) {
      since = performance.now();
      play("p1");
    }
  }, 250);
}
