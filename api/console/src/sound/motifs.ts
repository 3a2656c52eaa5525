import type { ReportClass } from "../api/contract";

export interface Note {
  /** Seconds after the motif began. */
  at: number;
  seconds: number;
  hertz: number;
  /** Glides to this pitch; otherwise it stays. */
  to?: number;
}

export interface Motif {
  notes: readonly Note[];
  wave: OscillatorType;
  /** Seconds from one beginning to the next, as long as nobody has claimed. */
  every: number;
  gain: number;
}

export type Cause = ReportClass | "forward" | "seat";

/** Unlike in pitch, rhythm and movement, so that the class is known without looking. */
export const MOTIFS: Record<Cause, Motif> = {
  // A siren that rises and falls: nothing else in the room glides.
  life_safety: {
    notes: [
      { at: 0, seconds: 0.42, hertz: 620, to: 1180 },
      { at: 0.44, seconds: 0.42, hertz: 1180, to: 620 },
    ],
    wave: "sawtooth",
    every: 1.2,
    gain: 0.3,
  },
  // A door bell: two notes down.
  call: {
    notes: [
      { at: 0, seconds: 0.35, hertz: 784 },
      { at: 0.36, seconds: 0.5, hertz: 587 },
    ],
    wave: "sine",
    every: 4,
    gain: 0.3,
  },
  // Three short equal knocks.
  alarm: {
    notes: [0, 0.2, 0.4].map((at) => ({ at, seconds: 0.12, hertz: 880 })),
    wave: "triangle",
    every: 5,
    gain: 0.3,
  },
  telling: {
    notes: [
      { at: 0, seconds: 0.18, hertz: 523 },
      { at: 0.2, seconds: 0.25, hertz: 659 },
    ],
    wave: "sine",
    every: 15,
    gain: 0.2,
  },
  fault: {
    notes: [{ at: 0, seconds: 0.6, hertz: 220 }],
    wave: "triangle",
    every: 30,
    gain: 0.25,
  },
  // The desk has not accepted in time.
  forward: {
    notes: [
      { at: 0, seconds: 0.15, hertz: 440 },
      { at: 0.2, seconds: 0.15, hertz: 440 },
      { at: 0.5, seconds: 0.4, hertz: 330 },
    ],
    wave: "triangle",
    every: 20,
    gain: 0.25,
  },
  // Nobody has touched anything for a while: four notes up, like a question.
  seat: {
    notes: [440, 554, 659, 880].map((hertz, index) => ({ at: index * 0.22, seconds: 0.2, hertz })),
    wave: "triangle",
    every: 6,
    gain: 0.3,
  },
};
