// The registry of offline proofs: one file each, one line here.
import type { Proof } from '../candidate.ts'
import { anthropicStructure } from './anthropic-structure.ts'
import { apifyCrc32 } from './apify-crc32.ts'
import { atlassianCrc32 } from './atlassian-crc32.ts'
import { awsKeyId } from './aws-key-id.ts'
import { azureDevops } from './azure-devops.ts'
import { azureMarvin32 } from './azure-marvin32.ts'
import { azureSas } from './azure-sas.ts'
import { base58check } from './base58check.ts'
import { basicAuth } from './basic-auth.ts'
import { bech32, bech32Makers } from './bech32.ts'
import { bedrockKey } from './bedrock-key.ts'
import { bip39 } from './bip39.ts'
import { cloudflareCrc32 } from './cloudflare-crc32.ts'
import { confluentCrc32 } from './confluent-crc32.ts'
import { connectionString } from './connection-string.ts'
import { decodedBodies } from './decoded-body.ts'
import { discordBot } from './discord-bot.ts'
import { ed25519Pair } from './ed25519-pair.ts'
import { githubCrc32 } from './github-crc32.ts'
import { gitlabRoutable } from './gitlab-routable.ts'
import { googleServiceAccount } from './google-service-account.ts'
import { grafanaCrc32 } from './grafana-crc32.ts'
import { jwt } from './jwt.ts'
import { npmCrc32 } from './npm-crc32.ts'
import { openaiStructure } from './openai-structure.ts'
import { derKey, pem } from './pem.ts'
import { pgpArmour } from './pgp-armour.ts'
import { secp256k1 } from './secp256k1.ts'
import { stellarStrkey } from './stellar-strkey.ts'
import { supabaseRole } from './supabase-role.ts'
import { urlCredentials } from './url-credentials.ts'
import { vercelCrc32 } from './vercel-crc32.ts'
import { zuploCrc32 } from './zuplo-crc32.ts'

export const PROOFS: readonly Proof[] = [
  anthropicStructure,
  apifyCrc32,
  atlassianCrc32,
  awsKeyId,
  azureDevops,
  azureMarvin32,
  azureSas,
  ...base58check,
  basicAuth,
  bech32,
  ...bech32Makers,
  bedrockKey,
  ...bip39,
  cloudflareCrc32,
  confluentCrc32,
  connectionString,
  ...decodedBodies,
  discordBot,
  ...ed25519Pair,
  githubCrc32,
  gitlabRoutable,
  googleServiceAccount,
  grafanaCrc32,
  jwt,
  npmCrc32,
  openaiStructure,
  derKey,
  pem,
  pgpArmour,
  secp256k1,
  stellarStrkey,
  supabaseRole,
  urlCredentials,
  vercelCrc32,
  zuploCrc32,
]
