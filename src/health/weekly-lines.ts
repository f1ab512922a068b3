// The weekly check for a machine of your own: lines for cron, units for systemd. Printed, not installed.

/** For the folder `root`; the keys come from a file that only its owner can read. */
export function cronLines(root: string): string {
  return `# crontab -e. ~/.config/unleak/health.env sets OPENAI_ADMIN_KEY and the like, and has mode 600.
# cron mails what is printed; nothing is printed when all is well.
17 6 * * 1  set -a && . ~/.config/unleak/health.env && cd ${quoted(root)} && { news=$(npx unleak health 2>&1) || echo "$news"; }
`
}

export function systemdUnits(root: string): string {
  return `# ~/.config/systemd/user/unleak-health.service
# ~/.config/unleak/health.env sets OPENAI_ADMIN_KEY and the like, and has mode 600.
[Unit]
Description=Weekly health check of the OpenAI keys

[Service]
Type=oneshot
WorkingDirectory=${root}
EnvironmentFile=%h/.config/unleak/health.env
ExecStart=/usr/bin/env npx unleak health

# ~/.config/systemd/user/unleak-health.timer
[Unit]
Description=Weekly health check of the OpenAI keys

[Timer]
OnCalendar=Mon 06:17
Persistent=true

[Install]
WantedBy=timers.target

# systemctl --user enable --now unleak-health.timer
# A check that finds problems is a failed unit: systemctl --user --failed; journalctl --user -u unleak-health
`
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
