import { ensureMoto } from './lib/moto.mjs';
import { main } from './lib/say.mjs';

// Some tests run against moto as well as the sandbox; without moto, they are
// skipped.
main(ensureMoto);
