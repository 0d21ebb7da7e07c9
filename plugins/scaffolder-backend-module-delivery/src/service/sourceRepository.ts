import { InputError } from '@backstage/errors';
import { checked, GIT_NAME, type Rule } from './nameRules';

/** Where an installation has the source repositories of its services. */
export interface SourceHost {
  /** Kind of the host, as in `integrations`; empty if nobody knows it yet. */
  type: string;
  /**
   * What the repositories belong to: an owner, a group, a workspace or an
   * organization. `{system}` stands for the name of the service's system.
   */
  owner?: string;
  /** The project, on hosts that have one. `{system}` stands for the same. */
  project?: string;
}

/** The parts of a repository's place, as the scaffolder's repository picker names them. */
export type RepositoryPlace = Partial<
  Record<'owner' | 'workspace' | 'organization' | 'project', string>
>;

const SETTINGS = {
  owner: 'scaffolder.defaultEnvironment.parameters.gitOwner',
  project: 'scaffolder.defaultEnvironment.parameters.gitProject',
};
const SYSTEM = '{system}';

interface Part {
  parameter: keyof RepositoryPlace;
  /** Completes "the name of the …". */
  what: string;
  rule: Rule;
  /** The setting by default; without one, it has to be set. */
  byDefault?: string;
  /** How the name of a system is written in it. */
  write?: (system: string) => string;
}

interface Form {
  title: string;
  owner?: Part;
  project?: Part;
}

const GITHUB_OWNER: Rule = {
  accepts: value =>
    value.length <= 39 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/i.test(value),
  text: 'at most 39 letters and digits with single dashes between them',
};
const OWNER_NAME: Rule = {
  accepts: value => GIT_NAME.accepts(value.toLowerCase()),
  text: GIT_NAME.text,
};
const GITLAB_GROUP: Rule = {
  accepts: value => value.split('/').every(OWNER_NAME.accepts),
  text: `the path of a group, such as acme/shop: each of its parts must be ${GIT_NAME.text}`,
};
const BITBUCKET_WORKSPACE: Rule = {
  accepts: value => /^[a-z0-9_-]{1,62}$/.test(value),
  text: 'the id of a workspace: at most 62 lower-case letters, digits, dashes and underscores',
};
const BITBUCKET_KEY: Rule = {
  accepts: value => /^[A-Z][A-Z0-9_]{0,127}$/.test(value),
  text: 'the key of a project: capital letters, digits and underscores that begin with a letter',
};
const AZURE_ORGANIZATION: Rule = {
  accepts: value => /^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$/i.test(value),
  text: 'at most 50 letters, digits and dashes, with a letter or digit at both ends',
};
const AZURE_PROJECT: Rule = {
  accepts: value => /^[a-z0-9](?:[a-z0-9 ._-]{0,62}[a-z0-9_-])?$/i.test(value),
  text: 'at most 64 letters, digits, spaces, dots, dashes and underscores that begin with a letter or digit',
};

const OWNER: Part = {
  parameter: 'owner',
  what: 'owner of the Git repository',
  rule: OWNER_NAME,
  byDefault: SYSTEM,
};
const BITBUCKET_PROJECT: Part = {
  parameter: 'project',
  what: 'project in Bitbucket',
  rule: BITBUCKET_KEY,
  byDefault: SYSTEM,
  write: system => system.toUpperCase().replace(/[.-]/g, '_'),
};

/** By kind of host, what a repository is in, as Backstage's publish actions take it. */
const FORMS: Record<string, Form> = {
  '': { title: 'The Git host', owner: OWNER },
  gitea: { title: 'Gitea', owner: OWNER },
  github: { title: 'GitHub', owner: { ...OWNER, rule: GITHUB_OWNER } },
  gitlab: { title: 'GitLab', owner: { ...OWNER, rule: GITLAB_GROUP } },
  bitbucketCloud: {
    title: 'Bitbucket Cloud',
    owner: {
      parameter: 'workspace',
      what: 'workspace in Bitbucket',
      rule: BITBUCKET_WORKSPACE,
    },
    project: BITBUCKET_PROJECT,
  },
  bitbucketServer: { title: 'Bitbucket Server', project: BITBUCKET_PROJECT },
  azure: {
    title: 'Azure DevOps',
    owner: {
      parameter: 'organization',
      what: 'organization in Azure DevOps',
      rule: AZURE_ORGANIZATION,
    },
    project: {
      parameter: 'project',
      what: 'project in Azure DevOps',
      rule: AZURE_PROJECT,
      byDefault: SYSTEM,
    },
  },
};

/**
 * Where the source repository of a system's service is created.
 *
 * @throws InputError that says what to set, for a host without a publish action, a
 * setting that is missing or that the host doesn't have, and a name that it refuses
 */
export function placeOf(host: SourceHost, system: string): RepositoryPlace {
  const form = FORMS[host.type];
  if (!form) {
    throw new InputError(
      `Source repositories can't be created on a host of the kind ${
        host.type
      }. Choose one of ${Object.keys(FORMS)
        .filter(Boolean)
        .join(
          ', ',
        )} in scaffolder.defaultEnvironment.parameters.gitHost in the configuration`,
    );
  }
  return {
    ...partOf('owner', form, host, system),
    ...partOf('project', form, host, system),
  };
}

/** The value of the scaffolder's repository picker for a repository. */
export function repoUrlOf(
  host: string,
  place: RepositoryPlace,
  repository: string,
): string {
  return `${host}?${new URLSearchParams({ ...place, repo: repository })}`;
}

function partOf(
  name: 'owner' | 'project',
  form: Form,
  host: SourceHost,
  system: string,
): RepositoryPlace {
  const part = form[name];
  const setting = SETTINGS[name];
  const configured = host[name];
  if (!part) {
    if (configured) {
      throw new InputError(
        `${form.title} has no ${name} of repositories: remove ${setting} from the configuration`,
      );
    }
    return {};
  }
  const pattern = configured || part.byDefault;
  if (!pattern) {
    throw new InputError(
      `${form.title} needs the ${part.parameter} that repositories are created in: set ${setting} in the configuration`,
    );
  }
  const value = pattern.replaceAll(SYSTEM, () =>
    part.write ? part.write(system) : system,
  );
  const source = configured ? setting : 'the system';
  return { [part.parameter]: checked(value, part.what, source, part.rule) };
}
