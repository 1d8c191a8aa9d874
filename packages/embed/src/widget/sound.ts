/** Two soft tones (a chunk), made here: no file, and no sound before the visitor has touched the page, as browsers demand. */
/** Hz and seconds after the start. */
const TONES = [
  [660, 0],
  [880, 0.12],
] as const;
const LENGTH_S = 0.35;
const VOLUME = 0.08;

let audio: AudioContext | undefined;
const once = { once: true, passive: true, capture: true };
/** Loaded with the first gesture, which some browsers count already; the next one is heard here. */
const unlock = (): void => {
  audio ||= window.AudioContext && new AudioContext();
  audio?.resume().catch(() => {});
};
unlock();
for (const type of ['pointerdown', 'keydown']) addEventListener(type, unlock, once);

export function ring(): void {
  if (!audio) return;
  for (const [hertz, afterS] of TONES) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + afterS;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(VOLUME, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + LENGTH_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + LENGTH_S);
  }
}
