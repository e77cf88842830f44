import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Allure's executor.json: which pipeline made the results. */
type Executor = { name: string; type: string; buildName: string; buildOrder?: number; buildUrl?: string };

/**
 * Tells Allure which pipeline a run belongs to, from the variables that GitHub and GitLab set; at a desk nothing is
 * written.
 */
export function writeExecutor(resultsDir: string, environment: NodeJS.ProcessEnv): void {
  const executor = executorOf(environment);
  if (!executor) return;
  mkdirSync(resultsDir, { recursive: true });
  writeFileSync(join(resultsDir, 'executor.json'), JSON.stringify(executor));
}

/** The executor that an environment describes; undefined outside a pipeline. */
export function executorOf(environment: NodeJS.ProcessEnv): Executor | undefined {
  const { GITHUB_ACTIONS, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_RUN_NUMBER, GITHUB_WORKFLOW } =
    environment;
  if (GITHUB_ACTIONS === 'true') {
    return {
      name: 'GitHub Actions',
      type: 'github',
      buildName: `${GITHUB_WORKFLOW ?? 'workflow'} #${GITHUB_RUN_NUMBER ?? '?'}`,
      ...(GITHUB_RUN_NUMBER === undefined ? {} : { buildOrder: Number(GITHUB_RUN_NUMBER) }),
      buildUrl: `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`,
    };
  }
  const { GITLAB_CI, CI_PIPELINE_IID, CI_JOB_NAME, CI_PIPELINE_URL } = environment;
  if (GITLAB_CI === 'true') {
    return {
      name: 'GitLab CI',
      type: 'gitlab',
      buildName: `${CI_JOB_NAME ?? 'job'} #${CI_PIPELINE_IID ?? '?'}`,
      ...(CI_PIPELINE_IID === undefined ? {} : { buildOrder: Number(CI_PIPELINE_IID) }),
      ...(CI_PIPELINE_URL === undefined ? {} : { buildUrl: CI_PIPELINE_URL }),
    };
  }
  return undefined;
}
