import type { TemplateFunction } from '../evaluate';
import { num } from './args';

function fold(step: (a: number, b: number) => number): TemplateFunction {
  return args => args.map(num).reduce(step);
}

export const numbers: Record<string, TemplateFunction> = {
  add: fold((a, b) => Math.trunc(a) + Math.trunc(b)),
  add1: ([n]) => num(n) + 1,
  sub: fold((a, b) => Math.trunc(a) - Math.trunc(b)),
  mul: fold((a, b) => Math.trunc(a) * Math.trunc(b)),
  div: fold((a, b) => Math.trunc(a / b)),
  mod: fold((a, b) => a % b),
  addf: fold((a, b) => a + b),
  subf: fold((a, b) => a - b),
  mulf: fold((a, b) => a * b),
  divf: fold((a, b) => a / b),
  max: fold((a, b) => Math.max(a, b)),
  min: fold((a, b) => Math.min(a, b)),
  floor: ([n]) => Math.floor(num(n)),
  ceil: ([n]) => Math.ceil(num(n)),
  round: ([n, digits]) => {
    const scale = 10 ** num(digits);
    return Math.round(num(n) * scale) / scale;
  },
  int: ([n]) => Math.trunc(num(n)),
  int64: ([n]) => Math.trunc(num(n)),
  float64: ([n]) => num(n),
  atoi: ([s]) => Math.trunc(num(s)),
  toDecimal: ([s]) => parseInt(String(s), 8),
  until: ([count]) => Array.from({ length: num(count) }, (_, i) => i),
  untilStep: ([start, stop, step]) => {
    const result: number[] = [];
    const by = num(step);
    for (
      let i = num(start);
      by > 0 ? i < num(stop) : by < 0 && i > num(stop);
      i += by
    ) {
      result.push(i);
    }
    return result;
  },
  seq: args => {
    const [start, step, stop] =
      args.length === 1
        ? [1, 1, num(args[0])]
        : [
            num(args[0]),
            args.length > 2 ? num(args[1]) : 1,
            num(args[args.length - 1]),
          ];
    const result: number[] = [];
    for (let i = start; step > 0 ? i <= stop : i >= stop; i += step) {
      result.push(i);
    }
    return result.join(' ');
  },
};
