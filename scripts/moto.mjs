import { ensureMoto } from './lib/moto.mjs';
import { main } from './lib/say.mjs';

// What tests run against beside the sandbox; without it, they are skipped.
main(ensureMoto);
