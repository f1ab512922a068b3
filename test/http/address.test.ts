// Public addresses, and all the others.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopbackHost, isPublicAddress, NOT_PUBLIC, publicLookup } from '../../src/http/address.ts'

describe('addresses', () => {
  it.each(['8.8.8.8', '104.18.6.192', '172.15.0.1', '172.32.0.1', '192.167.1.1', '2606:4700::6812:6c0'])(
    '%s is public',
    (a) => {
      expect(isPublicAddress(a)).toBe(true)
    },
  )

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '::127.0.0.1',
    'nonsense',
  ])('%s is not', (a) => {
    expect(isPublicAddress(a)).toBe(false)
  })

  it('an IPv4 address in IPv6 clothes is never more public than itself', () => {
    fc.assert(
      fc.property(fc.ipV4(), (a) => {
        if (!isPublicAddress(a)) expect(isPublicAddress(`::ffff:${a}`)).toBe(false)
      }),
    )
  })

  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.9.9.9', '[::1]', '::1'])(
    '%s is this machine',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true)
    },
  )

  it.each(['localhost.example.com', '127.0.0.1.nip.io', 'example.com', '10.0.0.1', '128.0.0.1', '0.0.0.0'])(
    '%s is not this machine',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false)
    },
  )
})

describe('looking a name up', () => {
  it('refuses a name that leads to this machine, before anything connects', async () => {
    const code = await new Promise((resolve) => {
      publicLookup('localhost', {}, (error) => resolve(error?.code))
    })
    expect(code).toBe(NOT_PUBLIC)
  })
})
