// Codes pictures by somebody else's encoder: bitmaps as JSON on standard input,
// a line of base64 for each on standard output.
import Encoder from '@point-of-sale/receipt-printer-encoder';
import { readFileSync } from 'node:fs';

for (const { Width: width, Height: height, Rows } of JSON.parse(readFileSync(0))) {
  const rows = Buffer.from(Rows, 'base64');
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    if (rows[i >> 3] & (0x80 >> (i & 7))) data.fill(0, i * 4, i * 4 + 3);
  }
  const encoder = new Encoder({ language: 'esc-pos', imageMode: 'raster', columns: 48 });
  const bytes = encoder.initialize().image({ width, height, data }, width, height, 'threshold', 128).encode();
  console.log(Buffer.from(bytes).toString('base64'));
}
