import {
  type CheckOptions,
  createCheck,
  GUEST,
  wanted,
} from '../__testUtils__/serviceCheck';
import type { ServiceDraft } from './ServiceCheck';

describe('ServiceCheck of a form that is not filled in yet', () => {
  const checkDraft = (draft: Partial<ServiceDraft>, options?: CheckOptions) =>
    createCheck(options ?? {}).checkDraft(
      { name: 'api', environments: [], sourceHost: { type: '' }, ...draft },
      GUEST,
    );

  it.each<[string, boolean]>([
    ['api', false],
    ['mine', true],
  ])('accepts %s before a system is chosen', async (name, exists) => {
    await expect(checkDraft({ name })).resolves.toMatchObject({
      entityRef: `component:default/${name}`,
      exists,
    });
  });

  it.each<[Partial<ServiceDraft>, string]>([
    [{ name: 'Api' }, "can't be the name of the Helm release"],
    [{ name: 'a'.repeat(54) }, "can't be the name of the Helm release"],
    [
      { name: 'api', environments: ['a-b'] },
      "can't be the name of the environment",
    ],
    [{ name: 'theirs' }, 'it is owned by group:default/pay-team'],
  ])('refuses %j', async (draft, message) => {
    await expect(checkDraft(draft)).rejects.toThrow(message);
  });

  it('does not reveal a hidden component as long as no system is chosen', async () => {
    const hidden = ['component:default/theirs'];
    await expect(
      checkDraft({ name: 'theirs' }, { hidden }),
    ).resolves.toMatchObject({ exists: false });
    await expect(
      checkDraft({ name: 'theirs', system: wanted.system }, { hidden }),
    ).resolves.toMatchObject({ exists: false });
  });

  it('checks all of it once system and owner are chosen', async () => {
    const { system, owner } = wanted;
    await expect(
      checkDraft({ name: 'mine', system, owner }),
    ).resolves.toMatchObject({ exists: true, imageRepository: 'shop/mine' });
    await expect(
      checkDraft({ name: 'api', system: 'system:default/pay', owner }),
    ).rejects.toThrow('it is owned by group:default/pay-team');
    await expect(
      checkDraft(
        { name: 'theirs', system, owner },
        { hidden: ['component:default/theirs'] },
      ),
    ).rejects.toThrow(/^component:default\/theirs is taken\. Choose another/);
  });
});
