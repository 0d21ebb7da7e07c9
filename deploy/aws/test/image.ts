import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from './portal.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FOLDER = join(ROOT, '.tools/image/app');

/**
 * Why tests that need the image's files are skipped; false if they are there. With
 * `LANDFALL_REQUIRE_TOOLS`, as in CI, they fail instead.
 */
export const withoutImage =
  process.env.LANDFALL_REQUIRE_TOOLS ||
  existsSync(join(FOLDER, '../.landfall-image'))
    ? false
    : "needs the image's files: npm test -- deploy makes them";

/** What the stage `packages` leaves in the folder. */
const MADE_BEFORE = [
  '.yarn',
  '.yarnrc.yml',
  'backstage.json',
  'node_modules',
  'package.json',
  'packages',
  'plugins',
  'yarn.lock',
];

/** An instruction of a Dockerfile, on one line. */
export interface Instruction {
  name: string;
  args: string;
}

/** The instructions of each stage; those before the first stage are left out. */
export function stagesOf(dockerfile: string): Instruction[][] {
  const instructions = dockerfile
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(line => line.trim())
    .map((line): Instruction => {
      const [, name, args] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      if (!name) {
        throw new Error(`not an instruction: ${line}`);
      }
      return { name, args };
    });
  return instructions.reduce<Instruction[][]>((stages, instruction) => {
    if (instruction.name === 'FROM') {
      stages.push([]);
    }
    stages.at(-1)?.push(instruction);
    return stages;
  }, []);
}

/** The stages of the portal's Dockerfile: packages, and what is shipped. */
export const STAGES = stagesOf(
  readFileSync(join(ROOT, 'deploy/portal/Dockerfile'), 'utf8'),
);

/** The sources that a stage copies from the context, with where they go. */
export function copiesOf(
  stage: readonly Instruction[],
): { sources: string[]; target: string }[] {
  return stage
    .filter(({ name, args }) => name === 'COPY' && !args.startsWith('--from='))
    .map(({ args }) => {
      const words = args.split(/\s+/);
      return { sources: words.slice(0, -1), target: words.at(-1) ?? '' };
    });
}

/**
 * The files of the image, in a folder that stands for its /app: what the stage
 * `packages` makes, and what the last stage copies from the repository.
 *
 * @returns how its command starts the portal, without its configuration
 */
export function openImage(): Program & { configs: string[] } {
  opened ??= open();
  return opened;
}

let opened: ReturnType<typeof open> | undefined;

function open(): Program & { configs: string[] } {
  const [, last] = STAGES;
  readdirSync(FOLDER)
    .filter(name => !MADE_BEFORE.includes(name))
    .forEach(name => rmSync(join(FOLDER, name), { recursive: true }));
  for (const { sources, target } of copiesOf(last)) {
    for (const source of sources) {
      // Docker copies what is in a folder, but a file itself.
      const isFile = target.endsWith('/');
      const path = isFile ? join(target, basename(source)) : target;
      const destination = resolve(FOLDER, path);
      mkdirSync(dirname(destination), { recursive: true });
      cpSync(join(ROOT, source), destination, { recursive: true });
    }
  }
  const [program, ...args]: string[] = JSON.parse(
    last.find(({ name }) => name === 'CMD')?.args ?? '[]',
  );
  if (program !== 'node') {
    throw new Error(`the image starts ${program}`);
  }
  return { folder: FOLDER, ...splitCommand(args) };
}

/** Splits arguments of the portal's command into those of Node, and files. */
export function splitCommand(args: readonly string[]): {
  args: string[];
  configs: string[];
} {
  const first = args.indexOf('--config');
  return {
    args: args.slice(0, first),
    configs: args.slice(first).filter(word => word !== '--config'),
  };
}

/** All files of the image but those of packages. */
export function filesOfImage(folder = FOLDER): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules') {
      return [];
    }
    return entry.isDirectory() ? filesOfImage(path) : [path];
  });
}
