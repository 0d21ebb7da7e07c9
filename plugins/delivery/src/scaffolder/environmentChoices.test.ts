import { environmentChoices, toggled } from './environmentChoices';

const ALL = ['dev', 'staging', 'prod'];

describe('environmentChoices', () => {
  it.each<[string, string[], string[] | undefined, string[], string[]]>([
    ['the configured ones, in their order', ALL, undefined, [], ALL],
    [
      'those of them that the template supports',
      ALL,
      ['prod', 'dev', 'qa'],
      [],
      ['dev', 'prod'],
    ],
    [
      'those of the template without configured ones',
      [],
      ['dev', 'prod'],
      [],
      ['dev', 'prod'],
    ],
    ['nothing where nothing is known', [], undefined, [], []],
    [
      'a chosen one that is not offered, to be removed',
      ALL,
      undefined,
      ['qa', 'dev'],
      [...ALL, 'qa?'],
    ],
  ])('are %s', (_, offered, supported, chosen, expected) => {
    const schema = supported ? { items: { enum: supported } } : {};
    expect(
      environmentChoices(offered, schema, chosen).map(
        ({ name, isUnknown }) => `${name}${isUnknown ? '?' : ''}`,
      ),
    ).toEqual(expected);
  });
});

describe('toggled', () => {
  const choices = ALL.map(name => ({ name }));

  it.each<[string[], string, string[]]>([
    [[], 'dev', ['dev']],
    [['prod'], 'dev', ['dev', 'prod']],
    [['dev', 'prod'], 'dev', ['prod']],
  ])('%j and %s is %j', (chosen, name, expected) => {
    expect(toggled(choices, chosen, name)).toEqual(expected);
  });
});
