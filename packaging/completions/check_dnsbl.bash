# bash completion for check_dnsbl
_check_dnsbl() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} before= all
	# --option=value comes as three words
	if [ "$cur" = = ]; then
		cur=
	elif [ "$prev" = = ]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	fi
	COMPREPLY=()
	# [SECTION]@FILE comes as several words too
	if [[ $cur == *@ ]]; then
		return
	elif [[ $prev == *@ ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
	fi
	case $prev in
	-H|--hostname)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "" -- "${cur##*,}"))
		return ;;
	--bounce)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return ;;
	-l|--list)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "zen.spamhaus.org b.barracudacentral.org bl.spamcop.net bl.mailspike.net psbl.surriel.com dbl.spamhaus.org multi.surbl.org multi.uribl.com bl.score.senderscore.com bl.blocklist.de bl.spameatingmonkey.net bl.ipv6.spameatingmonkey.net truncate.gbudb.net dnsbl.dronebl.org all.s5h.net bl.0spam.org bl.suomispam.net hostkarma.junkemailfilter.com rbl.interserver.net rbl.your-server.de dnsrbl.swinog.ch rbl.0spam.org bl.nordspam.com bip.virusfree.cz dnsbl.zapbl.net dnsbl.kempt.net spam.dnsbl.anonmails.de spamsources.fabel.dk bl.nosolicitado.org mail-abuse.blacklist.jippg.org bl.scientificspam.net all.spamrats.com bad.virusfree.cz spamrbl.swinog.ch rbl.abuse.ro black.dnsbl.brukalai.lt light.dnsbl.brukalai.lt rbl.metunet.com all.spam-rbl.fr dnsbl.rv-soft.info rbl.blockedservers.com pofon.foobar.hu rbl.schulte.org spam.pedantic.org dnsblchile.org singular.ttk.pte.hu dnsbl.beetjevreemd.nl ip4.bl.zenrbl.pl rbl.rbldns.ru bl.rbl.polspam.pl bl6.rbl.polspam.pl bl.octopusdns.com spambot.bls.digibase.ca bl.mxrbl.com uribl.spameatingmonkey.net rbluri.interserver.net dbl.nordspam.com rhsbl.scientificspam.net urired.spameatingmonkey.net dbl.0spam.org dbl.suomispam.net uribl.abuse.ro dbl.abuse.ro rhsbl.zapbl.net uribl.swinog.ch uribl.pofon.foobar.hu bl-domain.rbl.scrolloutf1.com rhsbl.rbl.polspam.pl rhsbl-danger.rbl.polspam.pl rhsbl-h.rbl.polspam.pl d.bl.zenrbl.pl d.dnsbl.risk.oxl.app bl.fmb.la bl.drmx.org combined.rbl.msrbl.net images.rbl.msrbl.net virus.rbl.msrbl.net web.rbl.msrbl.net rblspamassassin.interserver.net ipv6.blacklist.woody.ch access.redhawk.org spamguard.leadmon.net bl.deadbeef.com blacklist.sci.kun.nl dnsbl.antispam.or.id dnsbl.isx.fr rbl.inter.net rbl.spamlab.com spamlist.or.kr bl.scott.ovh bl.dnsbl.io bl6.dnsbl.io ip.dnsbl.risk.oxl.app bl.mipspace.com superblock.ascams.com bl.rbl-dns.com bl-h1.rbl.polspam.pl rsbl.aupads.org assholes.madscience.nl blackholes.sandes.dk cart00ney.surriel.com dialup.blacklist.jippg.org dul.dnsbl.borderware.com intruders.docs.uu.se pss.spambusters.org.ar spam.olsentech.net dnsbl.justspam.org nsbl.ascams.com netblockbl.spamgrouper.to vote.drbl.gremlin.ru work.drbl.gremlin.ru dnsbl.calivent.com.pe blacklist.woody.ch forbidden.icm.edu.pl wormrbl.imp.ch pbl.abuse.ro residential.block.transip.nl gl.suomispam.net nbl.0spam.org netbl.spameatingmonkey.net korea.services.net bogons.cymru.com v4.fullbogons.cymru.com v6.fullbogons.cymru.com backscatter.spameatingmonkey.net fresh.spameatingmonkey.net fresh10.spameatingmonkey.net fresh15.spameatingmonkey.net fresh30.spameatingmonkey.net freshzero.spameatingmonkey.net fresh.fmb.la rbl.efnetrbl.org torexit.dan.me.uk tor.dan.me.uk rbl.ircbl.org openproxy.bls.digibase.ca proxyabuse.bls.digibase.ca dnsbl.tornevall.org opm.tornevall.org bl.fraudbl.org proxy.bl.gweep.ca relays.bl.gweep.ca relays.bl.kunden.de proxy.block.transip.nl short.fmb.la nsbl.fmb.la fulldom.rfc-clueless.org" -- "${cur##*,}"))
		return ;;
	--set)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "recommended all major minor" -- "${cur##*,}"))
		return ;;
	-x|--exclude)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "zen.spamhaus.org b.barracudacentral.org bl.spamcop.net bl.mailspike.net psbl.surriel.com dbl.spamhaus.org multi.surbl.org multi.uribl.com bl.score.senderscore.com bl.blocklist.de bl.spameatingmonkey.net bl.ipv6.spameatingmonkey.net truncate.gbudb.net dnsbl.dronebl.org all.s5h.net bl.0spam.org bl.suomispam.net hostkarma.junkemailfilter.com rbl.interserver.net rbl.your-server.de dnsrbl.swinog.ch rbl.0spam.org bl.nordspam.com bip.virusfree.cz dnsbl.zapbl.net dnsbl.kempt.net spam.dnsbl.anonmails.de spamsources.fabel.dk bl.nosolicitado.org mail-abuse.blacklist.jippg.org bl.scientificspam.net all.spamrats.com bad.virusfree.cz spamrbl.swinog.ch rbl.abuse.ro black.dnsbl.brukalai.lt light.dnsbl.brukalai.lt rbl.metunet.com all.spam-rbl.fr dnsbl.rv-soft.info rbl.blockedservers.com pofon.foobar.hu rbl.schulte.org spam.pedantic.org dnsblchile.org singular.ttk.pte.hu dnsbl.beetjevreemd.nl ip4.bl.zenrbl.pl rbl.rbldns.ru bl.rbl.polspam.pl bl6.rbl.polspam.pl bl.octopusdns.com spambot.bls.digibase.ca bl.mxrbl.com uribl.spameatingmonkey.net rbluri.interserver.net dbl.nordspam.com rhsbl.scientificspam.net urired.spameatingmonkey.net dbl.0spam.org dbl.suomispam.net uribl.abuse.ro dbl.abuse.ro rhsbl.zapbl.net uribl.swinog.ch uribl.pofon.foobar.hu bl-domain.rbl.scrolloutf1.com rhsbl.rbl.polspam.pl rhsbl-danger.rbl.polspam.pl rhsbl-h.rbl.polspam.pl d.bl.zenrbl.pl d.dnsbl.risk.oxl.app bl.fmb.la bl.drmx.org combined.rbl.msrbl.net images.rbl.msrbl.net virus.rbl.msrbl.net web.rbl.msrbl.net rblspamassassin.interserver.net ipv6.blacklist.woody.ch access.redhawk.org spamguard.leadmon.net bl.deadbeef.com blacklist.sci.kun.nl dnsbl.antispam.or.id dnsbl.isx.fr rbl.inter.net rbl.spamlab.com spamlist.or.kr bl.scott.ovh bl.dnsbl.io bl6.dnsbl.io ip.dnsbl.risk.oxl.app bl.mipspace.com superblock.ascams.com bl.rbl-dns.com bl-h1.rbl.polspam.pl rsbl.aupads.org assholes.madscience.nl blackholes.sandes.dk cart00ney.surriel.com dialup.blacklist.jippg.org dul.dnsbl.borderware.com intruders.docs.uu.se pss.spambusters.org.ar spam.olsentech.net dnsbl.justspam.org nsbl.ascams.com netblockbl.spamgrouper.to vote.drbl.gremlin.ru work.drbl.gremlin.ru dnsbl.calivent.com.pe blacklist.woody.ch forbidden.icm.edu.pl wormrbl.imp.ch pbl.abuse.ro residential.block.transip.nl gl.suomispam.net nbl.0spam.org netbl.spameatingmonkey.net korea.services.net bogons.cymru.com v4.fullbogons.cymru.com v6.fullbogons.cymru.com backscatter.spameatingmonkey.net fresh.spameatingmonkey.net fresh10.spameatingmonkey.net fresh15.spameatingmonkey.net fresh30.spameatingmonkey.net freshzero.spameatingmonkey.net fresh.fmb.la rbl.efnetrbl.org torexit.dan.me.uk tor.dan.me.uk rbl.ircbl.org openproxy.bls.digibase.ca proxyabuse.bls.digibase.ca dnsbl.tornevall.org opm.tornevall.org bl.fraudbl.org proxy.bl.gweep.ca relays.bl.gweep.ca relays.bl.kunden.de proxy.block.transip.nl short.fmb.la nsbl.fmb.la fulldom.rfc-clueless.org" -- "${cur##*,}"))
		return ;;
	--key)
		COMPREPLY=($(compgen -W "spamhaus= abusix= spamrats=" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	--no-test)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "" -- "${cur##*,}"))
		return ;;
	-w|--warning)
		COMPREPLY=($(compgen -W "" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	-c|--critical)
		COMPREPLY=($(compgen -W "" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	--critical-on)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "major zen.spamhaus.org b.barracudacentral.org bl.spamcop.net bl.mailspike.net psbl.surriel.com dbl.spamhaus.org multi.surbl.org multi.uribl.com bl.score.senderscore.com bl.blocklist.de bl.spameatingmonkey.net bl.ipv6.spameatingmonkey.net truncate.gbudb.net dnsbl.dronebl.org all.s5h.net bl.0spam.org bl.suomispam.net hostkarma.junkemailfilter.com rbl.interserver.net rbl.your-server.de dnsrbl.swinog.ch rbl.0spam.org bl.nordspam.com bip.virusfree.cz dnsbl.zapbl.net dnsbl.kempt.net spam.dnsbl.anonmails.de spamsources.fabel.dk bl.nosolicitado.org mail-abuse.blacklist.jippg.org bl.scientificspam.net all.spamrats.com bad.virusfree.cz spamrbl.swinog.ch rbl.abuse.ro black.dnsbl.brukalai.lt light.dnsbl.brukalai.lt rbl.metunet.com all.spam-rbl.fr dnsbl.rv-soft.info rbl.blockedservers.com pofon.foobar.hu rbl.schulte.org spam.pedantic.org dnsblchile.org singular.ttk.pte.hu dnsbl.beetjevreemd.nl ip4.bl.zenrbl.pl rbl.rbldns.ru bl.rbl.polspam.pl bl6.rbl.polspam.pl bl.octopusdns.com spambot.bls.digibase.ca bl.mxrbl.com uribl.spameatingmonkey.net rbluri.interserver.net dbl.nordspam.com rhsbl.scientificspam.net urired.spameatingmonkey.net dbl.0spam.org dbl.suomispam.net uribl.abuse.ro dbl.abuse.ro rhsbl.zapbl.net uribl.swinog.ch uribl.pofon.foobar.hu bl-domain.rbl.scrolloutf1.com rhsbl.rbl.polspam.pl rhsbl-danger.rbl.polspam.pl rhsbl-h.rbl.polspam.pl d.bl.zenrbl.pl d.dnsbl.risk.oxl.app bl.fmb.la bl.drmx.org combined.rbl.msrbl.net images.rbl.msrbl.net virus.rbl.msrbl.net web.rbl.msrbl.net rblspamassassin.interserver.net ipv6.blacklist.woody.ch access.redhawk.org spamguard.leadmon.net bl.deadbeef.com blacklist.sci.kun.nl dnsbl.antispam.or.id dnsbl.isx.fr rbl.inter.net rbl.spamlab.com spamlist.or.kr bl.scott.ovh bl.dnsbl.io bl6.dnsbl.io ip.dnsbl.risk.oxl.app bl.mipspace.com superblock.ascams.com bl.rbl-dns.com bl-h1.rbl.polspam.pl rsbl.aupads.org assholes.madscience.nl blackholes.sandes.dk cart00ney.surriel.com dialup.blacklist.jippg.org dul.dnsbl.borderware.com intruders.docs.uu.se pss.spambusters.org.ar spam.olsentech.net dnsbl.justspam.org nsbl.ascams.com netblockbl.spamgrouper.to vote.drbl.gremlin.ru work.drbl.gremlin.ru dnsbl.calivent.com.pe blacklist.woody.ch forbidden.icm.edu.pl wormrbl.imp.ch pbl.abuse.ro residential.block.transip.nl gl.suomispam.net nbl.0spam.org netbl.spameatingmonkey.net korea.services.net bogons.cymru.com v4.fullbogons.cymru.com v6.fullbogons.cymru.com backscatter.spameatingmonkey.net fresh.spameatingmonkey.net fresh10.spameatingmonkey.net fresh15.spameatingmonkey.net fresh30.spameatingmonkey.net freshzero.spameatingmonkey.net fresh.fmb.la rbl.efnetrbl.org torexit.dan.me.uk tor.dan.me.uk rbl.ircbl.org openproxy.bls.digibase.ca proxyabuse.bls.digibase.ca dnsbl.tornevall.org opm.tornevall.org bl.fraudbl.org proxy.bl.gweep.ca relays.bl.gweep.ca relays.bl.kunden.de proxy.block.transip.nl short.fmb.la nsbl.fmb.la fulldom.rfc-clueless.org" -- "${cur##*,}"))
		return ;;
	--known)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "zen.spamhaus.org b.barracudacentral.org bl.spamcop.net bl.mailspike.net psbl.surriel.com dbl.spamhaus.org multi.surbl.org multi.uribl.com bl.score.senderscore.com bl.blocklist.de bl.spameatingmonkey.net bl.ipv6.spameatingmonkey.net truncate.gbudb.net dnsbl.dronebl.org all.s5h.net bl.0spam.org bl.suomispam.net hostkarma.junkemailfilter.com rbl.interserver.net rbl.your-server.de dnsrbl.swinog.ch rbl.0spam.org bl.nordspam.com bip.virusfree.cz dnsbl.zapbl.net dnsbl.kempt.net spam.dnsbl.anonmails.de spamsources.fabel.dk bl.nosolicitado.org mail-abuse.blacklist.jippg.org bl.scientificspam.net all.spamrats.com bad.virusfree.cz spamrbl.swinog.ch rbl.abuse.ro black.dnsbl.brukalai.lt light.dnsbl.brukalai.lt rbl.metunet.com all.spam-rbl.fr dnsbl.rv-soft.info rbl.blockedservers.com pofon.foobar.hu rbl.schulte.org spam.pedantic.org dnsblchile.org singular.ttk.pte.hu dnsbl.beetjevreemd.nl ip4.bl.zenrbl.pl rbl.rbldns.ru bl.rbl.polspam.pl bl6.rbl.polspam.pl bl.octopusdns.com spambot.bls.digibase.ca bl.mxrbl.com uribl.spameatingmonkey.net rbluri.interserver.net dbl.nordspam.com rhsbl.scientificspam.net urired.spameatingmonkey.net dbl.0spam.org dbl.suomispam.net uribl.abuse.ro dbl.abuse.ro rhsbl.zapbl.net uribl.swinog.ch uribl.pofon.foobar.hu bl-domain.rbl.scrolloutf1.com rhsbl.rbl.polspam.pl rhsbl-danger.rbl.polspam.pl rhsbl-h.rbl.polspam.pl d.bl.zenrbl.pl d.dnsbl.risk.oxl.app bl.fmb.la bl.drmx.org combined.rbl.msrbl.net images.rbl.msrbl.net virus.rbl.msrbl.net web.rbl.msrbl.net rblspamassassin.interserver.net ipv6.blacklist.woody.ch access.redhawk.org spamguard.leadmon.net bl.deadbeef.com blacklist.sci.kun.nl dnsbl.antispam.or.id dnsbl.isx.fr rbl.inter.net rbl.spamlab.com spamlist.or.kr bl.scott.ovh bl.dnsbl.io bl6.dnsbl.io ip.dnsbl.risk.oxl.app bl.mipspace.com superblock.ascams.com bl.rbl-dns.com bl-h1.rbl.polspam.pl rsbl.aupads.org assholes.madscience.nl blackholes.sandes.dk cart00ney.surriel.com dialup.blacklist.jippg.org dul.dnsbl.borderware.com intruders.docs.uu.se pss.spambusters.org.ar spam.olsentech.net dnsbl.justspam.org nsbl.ascams.com netblockbl.spamgrouper.to vote.drbl.gremlin.ru work.drbl.gremlin.ru dnsbl.calivent.com.pe blacklist.woody.ch forbidden.icm.edu.pl wormrbl.imp.ch pbl.abuse.ro residential.block.transip.nl gl.suomispam.net nbl.0spam.org netbl.spameatingmonkey.net korea.services.net bogons.cymru.com v4.fullbogons.cymru.com v6.fullbogons.cymru.com backscatter.spameatingmonkey.net fresh.spameatingmonkey.net fresh10.spameatingmonkey.net fresh15.spameatingmonkey.net fresh30.spameatingmonkey.net freshzero.spameatingmonkey.net fresh.fmb.la rbl.efnetrbl.org torexit.dan.me.uk tor.dan.me.uk rbl.ircbl.org openproxy.bls.digibase.ca proxyabuse.bls.digibase.ca dnsbl.tornevall.org opm.tornevall.org bl.fraudbl.org proxy.bl.gweep.ca relays.bl.gweep.ca relays.bl.kunden.de proxy.block.transip.nl short.fmb.la nsbl.fmb.la fulldom.rfc-clueless.org" -- "${cur##*,}"))
		return ;;
	--max-failed)
		COMPREPLY=($(compgen -W "" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	--resolver)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "" -- "${cur##*,}"))
		return ;;
	--direct)
		COMPREPLY=($(compgen -W "auto always never" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	--rate)
		COMPREPLY=($(compgen -W "" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	-t|--timeout)
		COMPREPLY=($(compgen -W "" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	--extra-opts)
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "" -- "${cur##*,}"))
		return ;;
	-o|--output)
		COMPREPLY=($(compgen -W "nagios table json" -- "$cur"))
		[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
		return ;;
	esac
	all="-H --hostname -4 --use-ipv4 -6 --use-ipv6 --bounce --fcrdns --self-test --catalog -l --list --set -x --exclude --key --no-test -w --warning -c --critical --critical-on --known --max-failed --resolver --direct --rate -t --timeout --extra-opts -o --output -v --verbose -V --version -h --help"
	if [[ " ${COMP_WORDS[*]} " == *" --catalog "* && $cur != -* ]]; then
		all="zen.spamhaus.org b.barracudacentral.org bl.spamcop.net bl.mailspike.net psbl.surriel.com dbl.spamhaus.org multi.surbl.org multi.uribl.com bl.score.senderscore.com bl.blocklist.de bl.spameatingmonkey.net bl.ipv6.spameatingmonkey.net truncate.gbudb.net dnsbl.dronebl.org all.s5h.net bl.0spam.org bl.suomispam.net hostkarma.junkemailfilter.com rbl.interserver.net rbl.your-server.de dnsrbl.swinog.ch rbl.0spam.org bl.nordspam.com bip.virusfree.cz dnsbl.zapbl.net dnsbl.kempt.net spam.dnsbl.anonmails.de spamsources.fabel.dk bl.nosolicitado.org mail-abuse.blacklist.jippg.org bl.scientificspam.net all.spamrats.com bad.virusfree.cz spamrbl.swinog.ch rbl.abuse.ro black.dnsbl.brukalai.lt light.dnsbl.brukalai.lt rbl.metunet.com all.spam-rbl.fr dnsbl.rv-soft.info rbl.blockedservers.com pofon.foobar.hu rbl.schulte.org spam.pedantic.org dnsblchile.org singular.ttk.pte.hu dnsbl.beetjevreemd.nl ip4.bl.zenrbl.pl rbl.rbldns.ru bl.rbl.polspam.pl bl6.rbl.polspam.pl bl.octopusdns.com spambot.bls.digibase.ca bl.mxrbl.com uribl.spameatingmonkey.net rbluri.interserver.net dbl.nordspam.com rhsbl.scientificspam.net urired.spameatingmonkey.net dbl.0spam.org dbl.suomispam.net uribl.abuse.ro dbl.abuse.ro rhsbl.zapbl.net uribl.swinog.ch uribl.pofon.foobar.hu bl-domain.rbl.scrolloutf1.com rhsbl.rbl.polspam.pl rhsbl-danger.rbl.polspam.pl rhsbl-h.rbl.polspam.pl d.bl.zenrbl.pl d.dnsbl.risk.oxl.app bl.fmb.la bl.drmx.org combined.rbl.msrbl.net images.rbl.msrbl.net virus.rbl.msrbl.net web.rbl.msrbl.net rblspamassassin.interserver.net ipv6.blacklist.woody.ch access.redhawk.org spamguard.leadmon.net bl.deadbeef.com blacklist.sci.kun.nl dnsbl.antispam.or.id dnsbl.isx.fr rbl.inter.net rbl.spamlab.com spamlist.or.kr bl.scott.ovh bl.dnsbl.io bl6.dnsbl.io ip.dnsbl.risk.oxl.app bl.mipspace.com superblock.ascams.com bl.rbl-dns.com bl-h1.rbl.polspam.pl rsbl.aupads.org assholes.madscience.nl blackholes.sandes.dk cart00ney.surriel.com dialup.blacklist.jippg.org dul.dnsbl.borderware.com intruders.docs.uu.se pss.spambusters.org.ar spam.olsentech.net dnsbl.justspam.org nsbl.ascams.com netblockbl.spamgrouper.to vote.drbl.gremlin.ru work.drbl.gremlin.ru dnsbl.calivent.com.pe blacklist.woody.ch forbidden.icm.edu.pl wormrbl.imp.ch pbl.abuse.ro residential.block.transip.nl gl.suomispam.net nbl.0spam.org netbl.spameatingmonkey.net korea.services.net bogons.cymru.com v4.fullbogons.cymru.com v6.fullbogons.cymru.com backscatter.spameatingmonkey.net fresh.spameatingmonkey.net fresh10.spameatingmonkey.net fresh15.spameatingmonkey.net fresh30.spameatingmonkey.net freshzero.spameatingmonkey.net fresh.fmb.la rbl.efnetrbl.org torexit.dan.me.uk tor.dan.me.uk rbl.ircbl.org openproxy.bls.digibase.ca proxyabuse.bls.digibase.ca dnsbl.tornevall.org opm.tornevall.org bl.fraudbl.org proxy.bl.gweep.ca relays.bl.gweep.ca relays.bl.kunden.de proxy.block.transip.nl short.fmb.la nsbl.fmb.la fulldom.rfc-clueless.org"
	fi
	COMPREPLY=($(compgen -W "$all" -- "$cur"))
}
complete -F _check_dnsbl check_dnsbl
