/** SHA-256 as hexadecimal; by hand where the page came over plain http and the browser keeps its own. */

const FIRST = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

/** The first 32 bits of the fractions of the cube roots of the first 64 primes (FIPS 180-4). */
const ROUNDS = cubeRoots(64);

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return byHand(new Uint8Array(bytes));
  return hex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
}

export function byHand(bytes: Uint8Array): string {
  const state = Uint32Array.from(FIRST);
  const padded = pad(bytes);
  const view = new DataView(padded.buffer);
  const words = new Uint32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let n = 0; n < 16; n += 1) words[n] = view.getUint32(at + 4 * n);
    mix(state, words);
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => out.setUint32(4 * n, word));
  return hex(new Uint8Array(out.buffer));
}

function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  return padded;
}

function mix(state: Uint32Array, words: Uint32Array): void {
  const w = (n: number) => words[n] ?? 0;
  for (let n = 16; n < 64; n += 1) {
    const [x, y] = [w(n - 15), w(n - 2)];
    const small = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    words[n] = w(n - 16) + small + w(n - 7) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let n = 0; n < 64; n += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[n] ?? 0) + w(n)) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] = (state[n] ?? 0) + word));
}

function turn(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** In whole numbers, since a double does not hold 32 bits of fraction for every root. */
function cubeRoots(many: number): Uint32Array {
  const found: number[] = [];
  for (let n = 2n; found.length < many; n += 1n) {
    let prime = true;
    for (let d = 2n; d * d <= n; d += 1n) if (n % d === 0n) prime = false;
    if (prime) found.push(Number(cubeRoot(n << 96n) & 0xffff_ffffn));
  }
  return Uint32Array.from(found);
}

function cubeRoot(of: bigint): bigint {
  let [low, high] = [0n, 1n << 40n];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** 3n <= of) low = middle;
    else high = middle - 1n;
  }
  return low;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
