// The weekly check as a GitLab CI job, for a pipeline schedule.
import { version } from '../version.ts'

export const GITLAB_FILE = '.gitlab/unleak-health.yml'

/** The log of a job can be open to everybody: reports go into an artifact that only members of the project get. */
export const GITLAB_TEXT = `# Put in by \`unleak init --weekly\`, taken out by \`unleak init --weekly --remove\`.
# Give the project these variables, masked: OPENAI_API_KEY, OPENAI_API_KEY_BACKUP, OPENAI_ADMIN_KEY (read-only is enough).
unleak-health:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $UNLEAK_HEALTH == "1"
  variables:
    GIT_DEPTH: "0"
  script:
    - npx --yes unleak@${version} health --format markdown=health.md --format json=health.json
  artifacts:
    when: always
    access: developer
    expire_in: 90 days
    paths: [health.md, health.json]
`

/** What a person still has to do: GitLab reads one file, and schedules are not kept in files. */
export const GITLAB_NEXT = `Then, once:
  in .gitlab-ci.yml      include: [{ local: ${GITLAB_FILE} }]
  in the project         Build, Pipeline schedules: 17 6 * * 1, with the variable UNLEAK_HEALTH=1
`
