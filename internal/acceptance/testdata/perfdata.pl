# Reads perfdata, a line for each check, with the module that plugins in Perl use. For each value it
# prints the label, the value, the unit, and the state that its thresholds have for it.
use strict;
use warnings;
use Monitoring::Plugin::Performance;

while (my $line = <STDIN>) {
	chomp $line;
	my @words;
	for my $datum (Monitoring::Plugin::Performance->parse_perfstring($line)) {
		my $status = $datum->threshold->get_status($datum->value);
		push @words, join(":", $datum->label, $datum->value . $datum->uom, $status);
	}
	print "@words\n";
}
