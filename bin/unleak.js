#!/usr/bin/env node
require('node:module').enableCompileCache?.() // from Node 22.1 on
require('../dist/cli.cjs')
