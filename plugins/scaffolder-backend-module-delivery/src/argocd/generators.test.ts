import { generatorProblem } from './generators';

const list = { list: { elements: [{ cluster: 'a' }] } };
const git = {
  git: { repoURL: 'https://x', revision: 'main', directories: [{ path: '*' }] },
};
const matrix = (...generators: object[]) => ({ matrix: { generators } });
const merge = (mergeKeys: string[], ...generators: object[]) => ({
  merge: { mergeKeys, generators },
});

describe('generatorProblem', () => {
  it.each<[object]>([
    [list],
    [{ list: { elementsYaml: '[]' } }],
    [git],
    [{ clusters: {} }],
    [{ clusters: {}, selector: { matchLabels: {} } }],
    [{ pullRequest: { github: {} } }],
    [{ scmProvider: { gitlab: {} } }],
    [{ plugin: { configMapRef: { name: 'p' } } }],
    [{ clusterDecisionResource: { configMapRef: 'c' } }],
    [matrix(list, git)],
    [merge(['cluster'], list, git, list)],
    [matrix(list, merge(['cluster'], list, git))],
  ])('finds none in %j', generator => {
    expect(generatorProblem(generator, 'g')).toBeUndefined();
  });

  it.each<[unknown, string]>([
    ['list', "g isn't an object"],
    [{}, 'g must have one of clusterDecisionResource, clusters, git, list,'],
    [{ lists: {} }, 'and has lists'],
    [{ ...list, ...git }, 'and has list, git'],
    [{ list: {} }, 'g.list: needs elements or elementsYaml'],
    [{ git: { revision: 'main', files: [] } }, 'g.git.repoURL: '],
    [
      { git: { repoURL: 'x', revision: 'main' } },
      'g.git: needs either directories or files',
    ],
    [
      { git: { repoURL: 'x', revision: 'y', files: [], directories: [] } },
      'needs either',
    ],
    [{ plugin: {} }, 'g.plugin.configMapRef: '],
    [matrix(list), 'g.matrix.generators: needs two generators'],
    [matrix(list, list, list), 'needs two generators'],
    [merge([], list, git), 'g.merge.mergeKeys: needs a key'],
    [merge(['a'], list), 'g.merge.generators: needs two generators or more'],
    [matrix(list, { git: {} }), 'g.matrix.generators.1.git.repoURL: '],
    [
      matrix(list, matrix(list, matrix(list, list))),
      'g.matrix.generators.1.matrix.generators.1.matrix is nested too deeply',
    ],
  ])('finds what is wrong in %j', (generator, problem) => {
    expect(generatorProblem(generator, 'g')).toContain(problem);
  });
});
