import { LEAD_TIME_STAGES } from '@landfall/backstage-plugin-delivery-common';

/**
 * The row at which a share of all is reached, in the order of a duration: the
 * nearest rank, `ceil(total * percent / 100)`.
 */
const percentile = (duration: string, percent: number) =>
  `min(case when place >= (total * ${percent} + 99) / 100 then ${duration} end)`;

/** Numbers the rows of each bucket by a duration. */
const ranked = (duration: string) =>
  `row_number() over (partition by bucket order by ${duration}) as place,
   count(*) over (partition by bucket) as total`;

const countOf = (condition: string, name: string) =>
  `sum(case when ${condition} then 1 else 0 end) as ${name}`;

/**
 * The parts of the query for the figures of delivery performance. It starts from
 * `deployed`: the rows of `deployed_changes` of some applications and a time, with
 * the number of their bucket. Each step is the same as in `measurePerformance`, and
 * means the same on both databases.
 *
 * @internal
 */
export const performanceSql = {
  changes: `
    select c.*,
      case
        when c.deployed_ms < coalesce(c.since_ms, 0) then 'before_watch'
        when c.is_rollback = 1 or exists (
          select 1 from deployed_changes e
          where e.application_key = c.application_key
            and e.repository = c.repository
            and e.version = c.version
            and e.deployed_ms < c.deployed_ms
            and (e.healthy_ms is not null or e.is_failed = 0)
            and (e.digest is null or c.digest is null or e.digest = c.digest)
        ) then 'repeated'
        when c.healthy_ms is not null or c.is_failed = 1 then 'counted'
        when c.is_open = 1 then 'under_way'
        else 'unconfirmed'
      end as status,
      case when c.failed_ms is not null then coalesce(c.restored_ms, (
        select r.healthy_ms from deployed_changes r
        where r.application_key = c.application_key
          and r.repository = c.repository
          and r.deployed_ms > c.deployed_ms
          and r.healthy_ms is not null
        order by r.deployed_ms, r.healthy_ms
        limit 1
      )) end as ended_ms
    from deployed c`,

  counted: `select * from changes where status = 'counted'`,

  changeCounts: `
    select bucket,
      ${['before_watch', 'repeated', 'under_way', 'unconfirmed']
        .map(status => countOf(`status = '${status}'`, status))
        .join(', ')},
      ${countOf("status = 'counted' and is_observed = 1", 'observed')},
      ${countOf(
        "status = 'counted' and healthy_ms is not null and lead_ms is null",
        'no_push_time',
      )},
      ${countOf(
        "status = 'counted' and lead_ms is not null and healthy_took_ms is null",
        'no_stage_times',
      )},
      ${countOf(
        "status = 'counted' and healthy_took_ms is not null",
        'split_count',
      )},
      ${LEAD_TIME_STAGES.map(
        stage =>
          `sum(case when status = 'counted' then ${stage}_took_ms end) as ${stage}_total`,
      ).join(', ')}
    from changes
    group by bucket`,

  leadTimes: `
    select bucket,
      max(total) as lead_count,
      ${percentile('lead_ms', 50)} as lead_p50,
      ${percentile('lead_ms', 90)} as lead_p90
    from (
      select bucket, lead_ms, ${ranked('lead_ms')}
      from counted
      where lead_ms is not null
    ) as leads
    group by bucket`,

  deployments: `
    select bucket,
      max(case when healthy_ms is not null then 1 else 0 end) as is_healthy,
      max(is_failed) as is_failed,
      count(failed_ms) as failed_images,
      count(ended_ms) as restored_images,
      case when max(ended_ms) > min(failed_ms)
        then max(ended_ms) - min(failed_ms) else 0 end as restore_ms
    from counted
    group by bucket, application_key, deployed_ms`,

  deploymentCounts: `
    select bucket,
      count(*) as attempts,
      sum(is_healthy) as deployments,
      sum(is_failed) as failures,
      ${countOf('is_failed = 1 and failed_images = 0', 'no_failure_time')},
      ${countOf('failed_images > restored_images', 'not_restored')}
    from deployments
    group by bucket`,

  restoreTimes: `
    select bucket,
      max(total) as restore_count,
      ${percentile('restore_ms', 50)} as restore_p50,
      ${percentile('restore_ms', 90)} as restore_p90
    from (
      select bucket, restore_ms, ${ranked('restore_ms')}
      from deployments
      where failed_images > 0 and failed_images = restored_images
    ) as restores
    group by bucket`,
};
