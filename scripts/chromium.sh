#!/bin/sh
# Browser tests drive Debian's Chromium. Installs it where that is possible, else says what is skipped.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests"
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-urw-base35) >/dev/null 2>&1 && exit 0
fi
echo "No Chromium on this machine: the browser journeys and the accessibility checks are skipped."
echo "Install the package 'chromium' and run again."
