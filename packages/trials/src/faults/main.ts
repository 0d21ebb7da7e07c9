import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { compare } from './compare';
import { disturb } from './disturb';
import { cleanUp, play, prepare } from './play';
import { Random } from './Random';
import { FAULTS, planRun, type Fault, type RunPlan } from './scenario';
import { settle } from './settle';
import { Stage } from './Stage';

async function main() {
  const args = process.argv.slice(2);
  const option = (name: string) => {
    const index = args.indexOf(name);
    return index < 0 ? undefined : args[index + 1];
  };
  const seed = Number(option('--seed') ?? 0);
  const runs = Number(option('--runs') ?? 10);
  const only = FAULTS.find(fault => fault === option('--only'));
  const folder = resolve(
    option('--folder') ?? `/tmp/w/faults/run-${process.pid}`,
  );
  mkdirSync(folder, { recursive: true });
  const plans = Array.from({ length: runs }, (_, i) => planRun(seed + i, only));
  const t0 = Date.now();
  const stage = await Stage.start({
    folder,
    seed,
    targets: new Set(plans.map(p => p.target)),
  });
  console.log(`stage ${(Date.now() - t0) / 1000} s in ${folder}`);
  let next = prepare(stage.world, plans[0]);
  let cleaning = Promise.resolve();
  let failed = 0;
  for (const [i, plan] of plans.entries()) {
    await next;
    const startedAt = Date.now();
    const p = play(stage.world, plan);
    const d = disturb({
      fault: plan.fault,
      disturbed: stage.disturbed(plan.target),
      stage,
      random: new Random(plan.seed + 0x10000),
    });
    const following = plans[i + 1];
    if (following) {
      next = prepare(stage.world, following);
      next.catch(() => undefined);
    }
    let diff: string[] = [];
    const marks: string[] = [];
    const mark = (m: string) =>
      marks.push(`${m} ${((Date.now() - startedAt) / 1000).toFixed(1)}`);
    try {
      await p;
      mark('played');
      await d.lift();
      mark('lifted');
      await settle(stage.world, plan, {
        reference: stage.referenceStore,
        disturbed: stage.disturbed(plan.target).store,
      });
      mark('settled');
      diff = compare(
        await stage.referenceStore.promotions(plan.prefix),
        await stage.disturbed(plan.target).store.promotions(plan.prefix),
      );
    } catch (error) {
      diff = [String(error)];
      await d.lift().catch(() => undefined);
    }
    if (diff.length) {
      failed += 1;
    }
    console.log(
      `seed ${plan.seed} ${plan.fault} on ${plan.target} ${marks.join(', ')} ${
        diff.length ? 'DIFFERS' : 'equal'
      }`,
    );
    if (diff.length) {
      console.log(
        plan.services
          .map(
            s =>
              `   ${s.applications.map(
                a => `${a.name}:${a.writeBack}${a.automated ? '' : ' manual'}`,
              )} ${JSON.stringify(s.steps)}`,
          )
          .join('\n'),
      );
      console.log(d.log.map(l => `   ${l}`).join('\n'));
      console.log(diff.join('\n'));
    }
    await cleaning;
    cleaning = cleanUp(stage.world, plan).catch(error =>
      console.log(String(error)),
    );
  }
  await cleaning;
  await stage.stop();
  console.log(
    `${runs - failed} equal, ${failed} differ, ${(Date.now() - t0) / 1000} s`,
  );
}
main().then(
  () => process.exit(0),
  error => {
    console.error(error);
    process.exit(1);
  },
);
