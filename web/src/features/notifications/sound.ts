const tones = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.09 },
];
const lastsS = 0.16;
const loudness = 0.08;

/** Two short tones, made by the browser itself. A page that nobody has pressed anything in may not sound, and then does not. */
export async function playSound(open = () => new AudioContext()): Promise<void> {
  const context = open();
  try {
    if (context.state !== 'running') return;
    const ends = tones.map(({ hertz, at }) => tone(context, hertz, context.currentTime + at));
    await Promise.all(ends);
  } finally {
    await context.close();
  }
}

function tone(context: AudioContext, hertz: number, at: number): Promise<unknown> {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness, at + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + lastsS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + lastsS);
  return new Promise((resolve) => oscillator.addEventListener('ended', resolve, { once: true }));
}
