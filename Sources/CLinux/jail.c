#include "jail.h"
