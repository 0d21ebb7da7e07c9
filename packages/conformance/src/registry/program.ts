/**
 * The architectures that have a program, by their image name, with their ELF
 * machine number.
 */
const MACHINES = { amd64: 0x3e, arm64: 0xb7 } as const;

export type Architecture = keyof typeof MACHINES;

/**
 * Machine code that sleeps forever: calls `pause`, or `ppoll` without a
 * timeout, in a loop.
 */
const SLEEP: Record<Architecture, number[]> = {
  amd64: [
    ...[0xb8, 0x22, 0x00, 0x00, 0x00], // mov eax, 34 (pause)
    ...[0x0f, 0x05], // syscall
    ...[0xeb, 0xf7], // jmp to the start
  ],
  arm64: [
    0xaa1f03e0, // mov x0, xzr
    0xaa1f03e1, // mov x1, xzr
    0xaa1f03e2, // mov x2, xzr
    0xaa1f03e3, // mov x3, xzr
    0xd2800928, // mov x8, 73 (ppoll)
    0xd4000001, // svc 0
    0x17fffffa, // b to the start
  ].flatMap(word => [
    word & 0xff,
    (word >> 8) & 0xff,
    (word >> 16) & 0xff,
    (word >> 24) & 0xff,
  ]),
};

const BASE = 0x400000n;
const HEADER = 64;
const PROGRAM_HEADER = 56;

/**
 * A static Linux executable that does nothing, forever. The suite's pods run
 * it, so that real nodes need no image from another registry.
 */
export function sleepingProgram(architecture: Architecture): Buffer {
  const code = Buffer.from(SLEEP[architecture]);
  const start = HEADER + PROGRAM_HEADER;
  const size = BigInt(start + code.length);
  const header = Buffer.alloc(HEADER);
  header.write('\x7fELF', 0, 'latin1');
  header.set([2, 1, 1], 4); // 64 bits, little endian, version
  header.writeUInt16LE(2, 16); // executable
  header.writeUInt16LE(MACHINES[architecture], 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BASE + BigInt(start), 24); // entry
  header.writeBigUInt64LE(BigInt(HEADER), 32); // program headers
  header.writeUInt16LE(HEADER, 52);
  header.writeUInt16LE(PROGRAM_HEADER, 54);
  header.writeUInt16LE(1, 56);
  const segment = Buffer.alloc(PROGRAM_HEADER);
  segment.writeUInt32LE(1, 0); // load
  segment.writeUInt32LE(5, 4); // readable, executable
  segment.writeBigUInt64LE(BASE, 16);
  segment.writeBigUInt64LE(BASE, 24);
  segment.writeBigUInt64LE(size, 32);
  segment.writeBigUInt64LE(size, 40);
  segment.writeBigUInt64LE(0x1000n, 48);
  return Buffer.concat([header, segment, code]);
}
