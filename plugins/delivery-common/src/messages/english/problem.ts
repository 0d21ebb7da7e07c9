/**
 * What is wrong with the annotations of an entity, or with what they reference.
 * Counts stand after a colon, so that no sentence depends on the number.
 *
 * @internal
 */
export const problemMessages = {
  // Lists in any annotation.
  'annotation-too-long':
    '{{annotation}} has {{characters}} characters; only the entries in the first {{limit}} are used',
  'too-many':
    '{{annotation}} has {{entries}} entries; only the first {{limit}} are used',

  // Applications.
  'name-malformed':
    "Entries of {{annotation}} that can't be names of Applications: {{names}}",
  'instance-unknown':
    "{{annotation}} references Argo CD instances that aren't configured: {{instances}}",
  'applications-withheld':
    "Applications that match the annotations but aren't shown, because nothing proves that the entity owns them: {{total}}",

  // Repositories.
  'arn-missing': '{{annotation}} is empty',
  'arn-malformed': "'{{arn}}' in {{annotation}} can't be used: {{fault}}",
  'tags-malformed': "{{annotation}} can't be used: {{faults}}",
  'tags-too-long':
    "{{annotation}} has {{characters}} characters and isn't used; at most {{limit}} are allowed",
  'repository-not-allowed':
    '{{annotation}} references {{repository}} of the account {{account}} in {{region}}, which this entity may not show',
  'repositories-not-allowed':
    'Repositories that {{annotation}} finds, but that this entity may not show: {{total}}',
  'nothing-tagged': 'No repository has the tags {{tags}}',
  'too-many-tagged':
    'More than {{limit}} repositories have the tags {{tags}}; only the first {{limit}} are used',
  'search-failed':
    "Repositories with the tags {{tags}} couldn't be searched for everywhere",
  'account-not-configured':
    "{{repository}} isn't read, because its AWS account isn't configured",
  'read-failed': "{{repository}} couldn't be read",
} as const;

/**
 * Why an entry of an annotation can't be used. The texts are clauses that follow
 * a colon.
 *
 * @internal
 */
export const faultMessages = {
  'not-an-arn': 'not the ARN of a repository',
  'partition-unknown':
    'the partition {{partition}} is not one of {{partitions}}',
  'region-elsewhere':
    "the partition {{partition}} doesn't have the region {{region}}",
  'repository-name-invalid': "ECR doesn't accept the name '{{name}}'",
  'no-tag': 'there is no tag',
  'tag-without-value': "'{{tag}}' has no equals sign",
  'tag-without-key': "'{{tag}}' has no key",
  'tag-too-long': "'{{tag}}' is longer than AWS allows",
  'tag-character-invalid': "'{{tag}}' has a character that AWS doesn't allow",
  'tag-contradictory': "'{{tag}}' gives {{key}} a second value",
} as const;

/**
 * More about a problem, for callers with the permission
 * `delivery.instances.read`. `{{message}}` comes from another system, word for
 * word.
 *
 * @internal
 */
export const detailMessages = {
  reported: '{{message}}',
  'instances-configured': 'Configured are {{instances}}',
  'no-instance-configured': 'No instance is configured',
} as const;
