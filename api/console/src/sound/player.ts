import type { Motif } from "./motifs";

/** The room's loudspeaker. A browser may refuse to sound until somebody has clicked. */
export class Player {
  private context: AudioContext | null = null;

  /** Whether it could sound now. */
  get blocked(): boolean {
    return this.context?.state !== "running";
  }

  /** Try to open the loudspeaker; works only within a click or a key when the browser asks for one. */
  async wake(): Promise<void> {
    if (typeof AudioContext === "undefined") return;
    this.context ??= new AudioContext();
    if (this.context.state === "suspended") await this.context.resume().catch(() => undefined);
  }

  play(motif: Motif, loudness: number): void {
    const context = this.context;
    if (!context || context.state !== "running") return;
    const peak = Math.min(0.9, motif.gain * loudness);
    for (const note of motif.notes) {
      const begin = context.currentTime + 0.02 + note.at;
      const end = begin + note.seconds;
      const voice = new OscillatorNode(context, { type: motif.wave, frequency: note.hertz });
      if (note.to) voice.frequency.linearRampToValueAtTime(note.to, end);
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(peak, begin + 0.02);
      volume.gain.setValueAtTime(peak, Math.max(begin + 0.02, end - 0.06));
      volume.gain.linearRampToValueAtTime(0, end);
      voice.connect(volume).connect(context.destination);
      voice.start(begin);
      voice.stop(end);
    }
  }

  close(): void {
    void this.context?.close();
    this.context = null;
  }
}
